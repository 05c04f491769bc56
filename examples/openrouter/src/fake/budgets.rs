//! What a workspace may spend in an interval: one budget for each interval, the shorter the smaller.

use super::{prelude::*, workspaces::resolve};
use crate::{
    common::LimitReset,
    workspaces::{self as api, DeleteWorkspaceBudget, ListWorkspaceBudgets, WorkspaceBudget},
};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(list).on(read).on(set).on(remove)
}

/// The place of a budget among those of all intervals, the shortest first.
fn rank(budget: &WorkspaceBudget) -> usize {
    let intervals = [LimitReset::Daily, LimitReset::Weekly, LimitReset::Monthly].map(Some);
    let place = intervals.iter().position(|it| *it == budget.reset_interval);
    place.unwrap_or(intervals.len())
}

/// The budgets of a workspace.
fn all<'a>(state: &'a State, workspace: &str) -> impl Iterator<Item = &'a WorkspaceBudget> {
    let budgets = state.budgets.iter();
    budgets.filter(move |it| it.workspace_id == workspace)
}

/// How often the budget of an interval starts again.
fn reset(interval: &api::WorkspaceBudgetInterval) -> Option<LimitReset> {
    let ends = *interval != api::WorkspaceBudgetInterval::Lifetime;
    ends.then(|| interval.as_str().into())
}

async fn list(state: Held, request: ListWorkspaceBudgets) -> Answer<ListWorkspaceBudgets> {
    let workspace = resolve(&state, &request.id)?;
    Ok(api::ListWorkspaceBudgetsResponse {
        data: all(&state, &workspace.id).cloned().collect(),
        include_byok_in_budgets: workspace.include_byok_in_budgets,
    })
}

async fn read(state: Held, request: api::GetWorkspaceBudget) -> Answer<api::GetWorkspaceBudget> {
    let workspace = resolve(&state, &request.id)?;
    let interval = reset(&request.interval);
    let found = all(&state, &workspace.id).find(|it| it.reset_interval == interval);
    let missing = || not_found(format!("there is no {} budget", request.interval));
    Ok(api::GetWorkspaceBudgetResponse {
        data: found.ok_or_else(missing)?.clone(),
        include_byok_in_budgets: workspace.include_byok_in_budgets,
    })
}

async fn set(mut state: Held, request: api::SetWorkspaceBudget) -> Answer<api::SetWorkspaceBudget> {
    let mut workspace = resolve(&state, &request.id)?.clone();
    let interval = reset(&request.interval);
    let found = all(&state, &workspace.id).find(|it| it.reset_interval == interval);
    let mut data = found.cloned().unwrap_or_default();
    if data.id.is_empty() {
        data.id = state.new_id();
        data.workspace_id.clone_from(&workspace.id);
        data.reset_interval = interval;
        data.created_at = now();
    }
    merge(&mut data, &members(&request))?;
    data.updated_at = now();
    check(&state, &data)?;
    merge(&mut workspace, &members(&request))?;
    let include_byok_in_budgets = workspace.include_byok_in_budgets;
    state.budgets.put(data.clone());
    state.workspaces.put(workspace);
    Ok(api::UpsertWorkspaceBudgetResponse {
        data,
        include_byok_in_budgets,
    })
}

/// A limit is more than nothing, and between those of the shorter and the longer intervals.
fn check(state: &State, budget: &WorkspaceBudget) -> Result {
    let limit = budget.limit_usd;
    ensure(limit > 0.0, "`limit_usd` has to be more than 0")?;
    let fits = |other: &WorkspaceBudget| {
        let order = rank(budget).cmp(&rank(other));
        order.is_eq() || limit.total_cmp(&other.limit_usd) == order
    };
    let message = "a budget has to be less than those of longer intervals";
    ensure(all(state, &budget.workspace_id).all(fits), message)
}

async fn remove(mut state: Held, request: DeleteWorkspaceBudget) -> Answer<DeleteWorkspaceBudget> {
    let workspace = resolve(&state, &request.id)?.id.clone();
    let interval = reset(&request.interval);
    let budgets = &mut state.budgets;
    budgets.remove_all(|it| it.workspace_id == workspace && it.reset_interval == interval);
    Ok(api::DeleteWorkspaceBudgetResponse { deleted: true })
}
