"""The references: H8 (8 queries of 20 rows, one rendered as a page of 10 KB) and a bare insert."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .models import Row


@login_required
def h8(request: HttpRequest) -> HttpResponse:
    groups = [
        list(Row.objects.filter(group=group).order_by("-day", "-id")[:20]) for group in range(8)
    ]
    return render(request, "reference/h8.html", {"rows": groups[0]})


class RowForm(forms.ModelForm):
    class Meta:
        model = Row
        fields = ("title", "body", "day")


@login_required
def insert(request: HttpRequest) -> HttpResponse:
    form = RowForm(request.POST or None, instance=Row(group=99))
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("/bench/h8/")
    return render(request, "reference/insert.html", {"form": form})
