"""Addresses under /desk/."""

from django.urls import path

from suggestions.views.desk import actions, case, lists, own, papers, reception, record, register

urlpatterns = [
    path("", lists.index, name="desk"),
    path("saved/", own.saved_filters, name="desk_saved"),
    path("saved/<int:pk>/rename/", own.rename_filter, name="desk_saved_rename"),
    path("saved/<int:pk>/delete/", own.delete_filter, name="desk_saved_delete"),
    path("due/", own.due_calendar, name="desk_due"),
    path("sheet/", own.export, name="desk_sheet"),
    path("register/", register.register, name="desk_register"),
    path("row/<int:pk>/do/<slug:action>/", actions.assignment_action, name="desk_assignment_action"),
    path("paper/<slug:kind>/<int:pk>/", papers.page, name="desk_paper"),
    path("paper/<slug:kind>/<int:pk>/docx/", papers.file, name="desk_paper_docx"),
    path("reception/<int:pk>/", reception.day, name="desk_reception_day"),
    path("reception/<int:pk>/more/", reception.walk_in, {"what": "more"}, name="desk_reception_more"),
    path("reception/<int:pk>/less/", reception.walk_in, {"what": "less"}, name="desk_reception_less"),
    path("reception/<int:pk>/record/", record.record, name="desk_reception_record"),
    path("reception/<int:pk>/slips/", record.slips, name="desk_reception_slips"),
    path("reception/booking/<int:pk>/contact/", reception.contact, name="desk_booking_contact"),
    path("reception/booking/<int:pk>/came/", reception.mark, {"what": "came"}, name="desk_booking_came"),
    path(
        "reception/booking/<int:pk>/missed/", reception.mark, {"what": "missed"}, name="desk_booking_missed"
    ),
    path("reception/booking/<int:pk>/told/", reception.mark, {"what": "told"}, name="desk_booking_told"),
    path("<slug:number>/", case.case, name="desk_case"),
    path("<slug:number>/mark/", own.mark, name="desk_mark"),
    path("<slug:number>/contact/", case.contact, name="desk_contact"),
    path("<slug:number>/grounds/", actions.choose_ground, name="desk_grounds"),
    path("<slug:number>/receipt/", register.receipt, name="desk_receipt"),
    path("<slug:number>/do/<slug:action>/", actions.case_action, name="desk_case_action"),
]
