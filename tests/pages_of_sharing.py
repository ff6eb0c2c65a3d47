"""The client's side of coaching; a part of the list in tests/pages.py."""

from tests.coaching import page_states as sharing
from tests.page import Page

WHOM = {"email": "tobias@example.org", "coach_name": "Tobias", "from_name": "A. L."}

LATE = {"do": "change", "text": "Say it twice", "version": "0"}

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
    Page("agreements", sharing.agreements),
    Page("agreements, nothing yet", sharing.no_agreements),
    Page("agreements after the link", sharing.agreements_afterwards),
    Page("agreement", sharing.agreement),
    Page("agreement, changed badly", sharing.agreement, send="/", fill={"do": "change"}),
    Page("agreement, changed meanwhile", sharing.agreement, send="/", fill=LATE, status=409),
    Page("agreement, agreed", sharing.agreed_on),
    Page("agreement, how it went", sharing.told),
    Page("agreement, how it went badly", sharing.agreed_on, send="/", fill={"do": "send"}),
    Page("log of sharing", sharing.log),
    Page("entry with a coach", sharing.shared_with_comments),
    Page("boundary kept out of sharing", sharing.kept_out),
    Page("crossing with a coach", sharing.crossing),
    Page("today with a suggestion", sharing.waits_on_today),
]
