from django.db import migrations

from journal.privacy.migration_operations import EnableRowLevelSecurity, SameOwnerForeignKey
from journal.sharing.agreement_policies import KeysOfAgreements, LogOfAgreements
from journal.sharing.policies import ByLink

BY_LINK = "deleted_at is null and link_id = any ((select coaching_links())::uuid[])"
OF_WHAT_IS_SEEN = "exists (select from sharing_agreement a where a.id = agreement_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0004_agreements"),
    ]

    operations = [
        EnableRowLevelSecurity("coachsession", allow="select, insert, update"),
        EnableRowLevelSecurity("agreement", allow="select, insert, update"),
        EnableRowLevelSecurity("outcome", allow="select, insert, update"),
        SameOwnerForeignKey("coachsession", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("agreement", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("agreement", column="session_id", parent="sharing_coachsession"),
        SameOwnerForeignKey("outcome", column="link_id", parent="sharing_coachlink"),
        SameOwnerForeignKey("outcome", column="agreement_id", parent="sharing_agreement"),
        ByLink("coachsession", where=BY_LINK),
        ByLink("agreement", where=BY_LINK),
        ByLink("outcome", where=f"{BY_LINK} and shared_at is not null and {OF_WHAT_IS_SEEN}"),
        KeysOfAgreements("privacy.DataKey"),
        LogOfAgreements(),
    ]
