"""Forms whose submission is one call of a service."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from mentoring.core.errors import RuleError


class DateInput(forms.DateInput):
    """Native date picker; the value travels as ISO, the page shows дд.мм.гггг."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class ServiceFormMixin:
    """Adds `submitted_to(service, …)`: rules that say no become errors of the form."""

    result = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.include_media = False
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = DateInput(field.widget.attrs)

    def service_arguments(self) -> dict:
        return dict(self.cleaned_data)

    def submitted_to(self, service, *args, **kwargs) -> bool:
        """Call `service(*args, **cleaned_data, **kwargs)`; False keeps the filled form with errors."""
        if not self.is_bound or not self.is_valid():
            return False
        try:
            self.result = service(*args, **self.service_arguments(), **kwargs)
        except RuleError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)
            return False
        except ValidationError as error:
            self._add_validation_error(error)
            return False
        return True

    def _add_validation_error(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, messages in error.message_dict.items():
            self.add_error(name if name in self.fields else None, messages)


class ServiceForm(ServiceFormMixin, forms.Form):
    """A plain form handed to a service."""


class ServiceModelForm(ServiceFormMixin, forms.ModelForm):
    """A model form used for its fields and checks; the service saves."""

    def _post_clean(self):
        # The service sets the fields and calls full_clean(); the instance stays untouched here.
        pass
