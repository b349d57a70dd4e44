/** What becomes of a table's rows of the customer who goes. */
export type Move =
  /** They are the other's from then on; no two of them can be in each other's way. */
  | 'moved'
  /** They are the other's, unless the other has the same already. */
  | 'joined'
  /** They are the other's, unless the other has one in its place: then they stay, so that sums stay what they were. */
  | 'beside'
  /** An act of its own decides: what the two say may contradict. */
  | 'decided'
  /** They stay with the one who went, whom readers follow to the one who stays: nothing rewrites them. */
  | 'attributed'
  /** It is worked out from the rest, by the refresh that follows. */
  | 'derived'

const all = (move: Move, ...tables: string[]): Record<string, Move> =>
  Object.fromEntries(tables.map((table) => [table, move]))

/**
 * Every table that names a customer by our id, with what a merge does to it. A test holds it against the schema: whoever adds
 * such a table decides here whose its rows are afterwards.
 */
export const MOVES: Readonly<Record<string, Move>> = {
  ...all('moved', 'bookings', 'bookings_history', 'memberships', 'memberships_history', 'payments', 'payments_history'),
  ...all('moved', 'reviews', 'reviews_history', 'interactions', 'interactions_history', 'survey_answers'),
  ...all('moved', 'customer_events', 'customer_notes', 'push_subscriptions', 'consent_events', 'status_changes'),
  ...all('moved', 'rewards', 'automation_arrivals', 'customer_merges'),
  ...all('joined', 'customer_tags', 'customer_tags_history', 'tagging_removals', 'favourites', 'favourites_history'),
  ...all('joined', 'suppressions_history', 'segment_overrides_history', 'status_act_customers'),
  // who was asked for = recipients + left out: also where both were
  ...all('beside', 'audience_contacts'),
  ...all('decided', 'consents', 'consents_history', 'customers_history', 'suppressions', 'segment_overrides'),
  // found by their rewards: nothing asks for the uses of one customer
  ...all('decided', 'deliveries', 'enrolments', 'redemptions'),
  // the ledger is only added to; who was in a segment, and what endpoints were told, is what it was
  ...all('attributed', 'ledger_entries', 'segment_transitions', 'webhook_events', 'erasures'),
  ...all('attributed', 'backtest_changes', 'dry_run_ways'),
  ...all('derived', 'relationships', 'segment_members', 'rank_values', 'status_decisions', 'dirty_relationships'),
  ...all('derived', 'refresh_scope', 'segment_changes', 'segment_touched'),
}

/** The tables that are treated alike, in the order of their names. */
export const tablesThat = (move: Move): string[] =>
  Object.entries(MOVES)
    .flatMap(([table, one]) => (one === move ? [table] : []))
    .sort()
