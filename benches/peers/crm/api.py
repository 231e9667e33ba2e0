"""The REST API: the calls under `/api/lead_statuses` and `/api/leads`."""

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.db import transaction
from django.utils import timezone
from rest_framework import filters, pagination, serializers, viewsets

from crm.models import IN_USE, Lead, LeadStatus


class LeadStatusSerializer(serializers.ModelSerializer):
    """A status with the number of its leads."""

    lead_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = LeadStatus
        fields = [
            "id", "name", "slug", "color", "kind", "position", "is_default", "is_converted", "definition",
            "enter_when", "leave_when", "target_days", "limit_days", "lead_count", "is_archived", "version",
            "created_at", "updated_at",
        ]  # fmt: skip


class LeadSerializer(serializers.ModelSerializer):
    """A lead with the name of its status."""

    status_name = serializers.CharField(source="status.name", read_only=True)
    state = serializers.CharField(read_only=True)

    class Meta:
        model = Lead
        fields = [
            "id", "external_ref", "name", "company", "email", "phone", "source", "owner", "value", "currency",
            "status", "status_name", "status_since", "state", "paused_until", "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["status_since", "version", "created_at"]


class LeadPages(pagination.PageNumberPagination):
    """Pages with a total, as large as asked for."""

    page_size = 50
    page_size_query_param = "per_page"
    max_page_size = 100


class LoggedViewSet(viewsets.ModelViewSet):
    """Every change is logged in its own transaction, as the admin does it."""

    def log(self, record, action):
        """Writes the log entry of one change."""
        LogEntry.objects.log_actions(self.request.user.pk, [record], action, single_object=True)

    @transaction.atomic
    def perform_create(self, serializer):
        """Writes the record and its log entry."""
        self.log(serializer.save(), ADDITION)

    @transaction.atomic
    def perform_update(self, serializer):
        """Writes the change and its log entry."""
        self.log(serializer.save(version=serializer.instance.version + 1), CHANGE)


class LeadStatusViewSet(LoggedViewSet):
    """All statuses in their order: few, so the list has no pages."""

    queryset = LeadStatus.objects.with_counts()
    serializer_class = LeadStatusSerializer


class LeadViewSet(LoggedViewSet):
    """The leads; a deleted one is in the bin."""

    queryset = Lead.objects.filter(IN_USE).select_related("status")
    serializer_class = LeadSerializer
    pagination_class = LeadPages
    filter_backends = [filters.SearchFilter]
    search_fields = ["name", "company", "email", "phone", "external_ref"]

    @transaction.atomic
    def perform_update(self, serializer):
        """Writes the change and its log entry; a lead that moves begins its time in the new status."""
        lead, now = serializer.instance, timezone.now()
        is_moved = serializer.validated_data.get("status", lead.status) != lead.status
        clock = {"status_since": now, "clock_from": now} if is_moved else {}
        self.log(serializer.save(version=lead.version + 1, **clock), CHANGE)

    @transaction.atomic
    def perform_destroy(self, lead):
        """Puts a lead into the bin."""
        lead.deleted_at = timezone.now()
        lead.save(update_fields=["deleted_at", "updated_at"])
        self.log(lead, DELETION)
