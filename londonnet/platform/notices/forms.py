"""How a user wants each kind of notice."""

from collections.abc import Sequence
from typing import Any

from django import forms

from .models import Delivery
from .selectors import KindChoice


class ChoicesForm(forms.Form):
    """A question for each kind that the user may have; its field is called as the kind is.

    Args:
        choices: the kinds, and what was chosen so far.
        given: what was sent, or None.
    """

    def __init__(self, choices: Sequence[KindChoice], given: Any = None) -> None:
        super().__init__(given)
        self.choices = tuple(choices)
        for choice in self.choices:
            words = f"Choose how to be told of “{choice.kind.label}”."
            self.fields[choice.kind.name] = forms.ChoiceField(
                choices=[(delivery.value, delivery.label) for delivery in choice.deliveries],
                initial=choice.delivery.value,
                error_messages={"required": words, "invalid_choice": words},
            )

    def chosen(self) -> dict[str, Delivery]:
        """What was chosen, by the kind's name."""
        return {name: Delivery(value) for name, value in self.cleaned_data.items()}
