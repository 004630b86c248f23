"""The house's addresses and the yardstick: a view that does one INSERT and COMMIT, under the same middleware."""

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from navet.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (body) VALUES (%s) RETURNING id", [request.body.decode()])
        (row,) = cursor.fetchone()
    return JsonResponse({"id": row}, status=201)


urlpatterns = [path("bench/insert", insert), path("", include("navet.urls"))]
