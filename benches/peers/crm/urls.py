"""The addresses."""

from django.contrib import admin
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from crm.api import LeadStatusViewSet, LeadViewSet

router = SimpleRouter(trailing_slash=False)
router.register("lead_statuses", LeadStatusViewSet)
router.register("leads", LeadViewSet)

urlpatterns = [path("admin/", admin.site.urls), path("api/", include(router.urls))]
