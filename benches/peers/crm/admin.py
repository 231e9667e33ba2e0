"""The admin's lists, with the columns, the search and the filters of the pages of Lead Statuses."""

from django.contrib import admin
from django.utils import timezone

from crm.models import IN_USE, Lead, LeadStatus


@admin.register(LeadStatus)
class LeadStatusAdmin(admin.ModelAdmin):
    """The pipeline."""

    list_display = [
        "name",
        "kind",
        "lead_count",
        "target_days",
        "limit_days",
        "is_default",
        "is_converted",
        "updated_at",
    ]
    list_filter = ["kind", "is_archived"]
    search_fields = ["name", "definition"]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        """Counts come with the statuses, not by a query for each."""
        return super().get_queryset(request).with_counts()

    @admin.display(description="Leads")
    def lead_count(self, status):
        """How many leads are in it."""
        return status.lead_count


@admin.register(Lead)
class LeadAdmin(admin.ModelAdmin):
    """The leads."""

    list_display = [
        "name",
        "company",
        "status",
        "state",
        "owner",
        "money",
        "days",
        "source",
        "created_at",
        "updated_at",
    ]
    list_filter = ["status", "owner", "source", "currency", "created_at", "status_since"]
    list_select_related = ["status", "owner"]
    search_fields = ["name", "company", "email", "phone", "external_ref"]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        """Without those in the bin."""
        return super().get_queryset(request).filter(IN_USE)

    @admin.display(description="Value")
    def money(self, lead):
        """The value with its currency."""
        return "" if lead.value is None else f"{lead.value} {lead.currency}"

    @admin.display(description="Days in status")
    def days(self, lead):
        """For how long the lead has been in its status."""
        return (timezone.now() - lead.status_since).days
