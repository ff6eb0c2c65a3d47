"""The worker has a process for each queue, and starts another where one is killed."""

from tests.embedded.conftest import until
from tests.embedded.running import Visitor, queue_processes, served, worker_of

RESET = "/accounts/password/reset/"


def test_a_long_export_delays_no_mail_and_a_killed_process_is_followed_by_another(tmp_path):
    with served(EMAIL_URL=f"filemail:///{tmp_path}/mails") as (serve, port, _data):
        small, exports, mails, _reminders = until(lambda: queue_processes(serve))
        for busy in (small, exports):
            busy.suspend()  # as if it had much to do
        for count in (1, 2):
            someone = Visitor(port)
            someone.ask("GET", RESET)
            assert someone.ask("POST", RESET, {"email": "ada@example.org"})[0] == 302
            until(lambda count=count: len(list(tmp_path.glob("mails/*"))) == count)
            if count == 1:
                mails.kill()
        for busy in (small, exports):
            busy.resume()
        assert exports.is_running()

        worker_of(serve).kill()

        until(lambda: not exports.is_running())  # Linux ends it with its supervisor
