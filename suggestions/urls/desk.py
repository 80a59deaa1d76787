"""Addresses under /desk/."""

from django.urls import path

from suggestions.views.desk import actions, case, lists, register

urlpatterns = [
    path("", lists.index, name="desk"),
    path("register/", register.register, name="desk_register"),
    path("row/<int:pk>/do/<slug:action>/", actions.assignment_action, name="desk_assignment_action"),
    path("<slug:number>/", case.case, name="desk_case"),
    path("<slug:number>/contact/", case.contact, name="desk_contact"),
    path("<slug:number>/receipt/", register.receipt, name="desk_receipt"),
    path("<slug:number>/do/<slug:action>/", actions.case_action, name="desk_case_action"),
]
