from journal.guide.line_templates import LineTemplateForm
from journal.reflections.entries.entry_templates.models import EntryTemplate


class EntryTemplateForm(LineTemplateForm):
    class Meta(LineTemplateForm.Meta):
        model = EntryTemplate
