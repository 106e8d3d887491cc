"""Routes of saved views."""

from django.urls import path

from . import views

urlpatterns = [
    path("lists/views", views.save, name="save_view"),
    path("lists/views/<int:pk>/rename", views.rename, name="rename_view"),
    path("lists/views/<int:pk>/default", views.default, name="default_view"),
    path("lists/views/<int:pk>/up", views.up, name="move_view_up"),
    path("lists/views/<int:pk>/remove", views.remove, name="remove_view"),
    path("lists/views/<int:pk>/restore", views.restore, name="restore_view"),
    path("lists/<str:list_name>/views", views.views, name="views_of_list"),
]
