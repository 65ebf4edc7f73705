//! The bindings of the overlays, which each of them declares for itself.
//!
//! Owns in which order they stand in the table. Must not know what an action does.

use crate::reader::keys::binding::{Binding, BindingRow, bind};
use crate::reader::keys::context::Context;
use crate::reader::overlay::headings::HeadingsAction;
use crate::reader::overlay::help::HelpAction;
use crate::reader::overlay::notes::NotesAction;
use crate::reader::overlay::plan::PlanAction;
use crate::reader::overlay::recent::RecentAction;
use crate::reader::overlay::shared::{LIST_ROWS, ListAction};
use crate::reader::overlay::{
    OverlayAction, address, confirm, data, form, headings, help, note, notes, notices, palette, place, plan,
    preview, recent, review, search, self_check, today, welcome,
};

/// The contexts of the overlays, in the order in which the help lists them.
pub const CONTEXTS: &[Context] = &[
    search::CONTEXT,
    today::keys::CONTEXT,
    today::keys::ANSWER,
    self_check::QUESTIONS,
    self_check::SUGGESTION,
    form::CONTEXT,
    note::CONTEXT,
    notes::CONTEXT,
    headings::CONTEXT,
    place::CONTEXT,
    palette::CONTEXT,
    review::CONTEXT,
    plan::CONTEXT,
    notices::CONTEXT,
    data::CONTEXT,
    preview::CONTEXT,
    confirm::CONTEXT,
    recent::CONTEXT,
    address::CONTEXT,
    welcome::CONTEXT,
    help::CONTEXT,
    help::SEARCHING,
];

/// The bindings of all overlays, with their actions.
pub fn bindings() -> Vec<(Binding, OverlayAction)> {
    let mut table = Vec::new();
    bind(&mut table, welcome::CONTEXT, welcome::ROWS, OverlayAction::Welcome);
    bind(&mut table, today::keys::CONTEXT, today::keys::ROWS, OverlayAction::Today);
    bind(&mut table, today::keys::ANSWER, today::keys::ANSWER_ROWS, OverlayAction::Today);
    bind(&mut table, search::CONTEXT, search::ROWS, OverlayAction::Search);
    bind(&mut table, self_check::QUESTIONS, self_check::QUESTION_ROWS, OverlayAction::SelfCheck);
    bind(&mut table, self_check::SUGGESTION, self_check::SUGGESTION_ROWS, OverlayAction::SelfCheck);
    bind(&mut table, form::CONTEXT, form::ROWS, OverlayAction::Form);
    bind(&mut table, note::CONTEXT, note::ROWS, OverlayAction::Note);
    bind(&mut table, notes::CONTEXT, notes::ROWS, OverlayAction::Notes);
    bind_list(&mut table, notes::CONTEXT, notes::CLOSE, |action| {
        OverlayAction::Notes(NotesAction::List(action))
    });
    bind(&mut table, headings::CONTEXT, headings::ROWS, OverlayAction::Headings);
    bind_list(&mut table, headings::CONTEXT, headings::CLOSE, |action| {
        OverlayAction::Headings(HeadingsAction::List(action))
    });
    bind(&mut table, place::CONTEXT, place::ROWS, OverlayAction::Place);
    bind(&mut table, palette::CONTEXT, palette::ROWS, OverlayAction::Palette);
    bind(&mut table, review::CONTEXT, review::ROWS, OverlayAction::Review);
    bind(&mut table, plan::CONTEXT, plan::ROWS, OverlayAction::WeekPlan);
    bind_list(&mut table, plan::CONTEXT, plan::CLOSE, |action| {
        OverlayAction::WeekPlan(PlanAction::List(action))
    });
    bind_list(&mut table, notices::CONTEXT, notices::CLOSE, OverlayAction::Notices);
    bind(&mut table, data::CONTEXT, data::ROWS, OverlayAction::Data);
    bind_list(&mut table, preview::CONTEXT, preview::CLOSE, OverlayAction::Preview);
    bind(&mut table, confirm::CONTEXT, confirm::ROWS, OverlayAction::Confirm);
    bind(&mut table, recent::CONTEXT, recent::ROWS, OverlayAction::Recent);
    bind_list(&mut table, recent::CONTEXT, recent::CLOSE, |action| {
        OverlayAction::Recent(RecentAction::List(action))
    });
    bind(&mut table, address::CONTEXT, address::ROWS, OverlayAction::Address);
    bind(&mut table, help::CONTEXT, help::ROWS, OverlayAction::Help);
    bind_list(&mut table, help::CONTEXT, help::CLOSE, |action| OverlayAction::Help(HelpAction::List(action)));
    bind(&mut table, help::SEARCHING, help::SEARCH_ROWS, OverlayAction::Help);
    table
}

/// Binds what is the same in every list, and what closes this one.
fn bind_list(
    table: &mut Vec<(Binding, OverlayAction)>,
    context: Context,
    close: BindingRow<ListAction>,
    action: fn(ListAction) -> OverlayAction,
) {
    bind(table, context, LIST_ROWS, action);
    bind(table, context, &[close], action);
}
