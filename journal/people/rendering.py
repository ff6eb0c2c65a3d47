from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Forms in our design: one field group, the errors and widgets of templates/django/forms/."""

    field_template_name = "parts/_field.html"
    form_template_name = "parts/_form.html"
