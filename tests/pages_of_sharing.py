"""The client's side of coaching; a part of the list in tests/pages.py."""

from tests.coaching import page_states as sharing
from tests.coaching import program_page_states as programs
from tests.coaching import team_page_states as team_states
from tests.page import Page

WHOM = {"email": "tobias@example.org", "coach_name": "Tobias", "from_name": "A. L."}

LATE = {"do": "change", "text": "Say it twice", "version": "0"}
ACCEPT, NAMELESS = {"do": "accept"}, {"do": "accept", "name": ""}

SHARING = [
    Page("sharing, nobody", "/sharing/"),
    Page("sharing, nothing shared", sharing.nothing_shared),
    Page("sharing, comments off", sharing.comments_off),
    Page("sharing", sharing.overview),
    Page("sharing, an invitation was declined", sharing.declined),
    Page("sharing, stopped", sharing.overview, send="/sharing/stop/"),
    Page("sharing, taken back", sharing.overview, send="/take-back/"),
    Page("sharing, ended", sharing.overview, send="/end/"),
    Page("invite a coach", "/sharing/invite/"),
    Page("invite a coach, unsure", "/sharing/invite/", sure=True, send="/sharing/invite/"),
    Page("invite a coach, consent", "/sharing/invite/", sure=True, send="/invite/", fill=WHOM),
    Page("invitation, signed out", "/sharing/invitation/some-link/", visitor=True),
    Page("invitation, unusable", "/sharing/invitation/some-link/", status=404),
    Page("invitation by a coach", sharing.from_a_coach),
    Page(
        "invitation by a coach, nothing ticked",
        sharing.from_a_coach,
        sure=True,
        send="/",
        fill={"do": "accept"},
    ),
    Page(
        "invitation by a coach, declined",
        sharing.from_a_coach,
        send="/",
        fill={"do": "decline"},
    ),
    Page("invitation by a client", sharing.from_a_client),
    Page("invitation by a client, to no coach", sharing.from_a_client_to_no_coach),
    Page("invitation by a coach of a team", team_states.from_a_coach_of_a_team),
    Page("invitation by a team", team_states.into_a_team),
    Page("invitation by a team, no name", team_states.into_a_team, send="/", fill=NAMELESS),
    Page("another coach", team_states.handover),
    Page("another coach, nothing ticked", team_states.handover, sure=True, send="/", fill=ACCEPT),
    Page("another coach, no longer", team_states.handover_of_old),
    Page("choose what is shared", sharing.choose),
    Page("choose what is shared, nothing there", sharing.choose_from_nothing),
    Page("choose what is shared, older", sharing.choose_older),
    Page("choose what is shared, once more", sharing.choose_again),
    Page("preview of what is shared", sharing.preview, sure=True),
    Page("preview of no change", sharing.preview_of_nothing),
    Page("preview of what was taken back", sharing.preview_taken_back, sure=True),
    Page("brief", sharing.brief),
    Page("brief, preview", sharing.brief, sure=True, send="/brief/", fill={"wanted": sharing.LONG}),
    Page("brief, with errors", sharing.brief, sure=True, send="/brief/", fill={"since_on": ""}),
    Page("bring to session", sharing.bring, sure=True),
    Page("suggestion", sharing.suggestion),
    Page("suggestion, a practice", sharing.suggested_practice),
    Page("suggestion, changed badly", sharing.suggestion, send="/", fill={"do": "change"}),
    Page("suggestion, answered", sharing.answered_suggestion),
    Page("suggestion of a program", programs.step_of_program),
    Page("program", programs.program()),
    Page("program, declined", programs.program(), send="/", fill={"do": "decline"}),
    Page("program, going on", programs.program(started_on=8)),
    Page("program, paused", programs.program(started_on=8, paused_on=2, paused_by="coach")),
    Page("program, stopped", programs.program(started_on=8, stopped_on=2, stopped_by="client")),
    Page(
        "program, changed meanwhile", programs.program(), send="/", fill={"do": "pause"}, status=409
    ),
    Page("program after the link", programs.program_afterwards),
    Page("agreements", sharing.agreements),
    Page("agreements, nothing yet", sharing.no_agreements),
    Page("agreements after the link", sharing.agreements_afterwards),
    Page("agreement", sharing.agreement),
    Page("agreement, changed badly", sharing.agreement, send="/", fill={"do": "change"}),
    Page("agreement, changed meanwhile", sharing.agreement, send="/", fill=LATE, status=409),
    Page("agreement, agreed", sharing.agreed_on),
    Page("agreement, how it went", sharing.told),
    Page("agreement, how it went badly", sharing.agreed_on, send="/", fill={"do": "send"}),
    Page("comments", sharing.talk),
    Page("comments, reply refused", sharing.talk, send="/comments/", fill={"body": ""}),
    Page("comments, muted", sharing.talk_muted),
    Page("comments, not shared any more", sharing.talk_unread),
    Page("comments after the link", sharing.talk_afterwards),
    Page("log of sharing", sharing.log),
    Page("entry with a coach", sharing.shared_with_comments),
    Page("boundary kept out of sharing", sharing.kept_out),
    Page("crossing with a coach", sharing.crossing),
    Page("today with a suggestion", sharing.waits_on_today),
]
