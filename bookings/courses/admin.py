"""Courses in the administration; rounds and registrations are changed by the operations alone."""

from django.contrib import admin

from bookings.courses.models import Course


@admin.register(Course)
class CourseAdmin(admin.ModelAdmin):
    list_display = ["title_sv", "field", "is_published", "is_demo"]
