/** What becomes of a table's rows of somebody who is erased, beside what `steps.ts` does by name. */
export type Treatment =
  /** They are removed. */
  | 'removed'
  /** These columns are emptied; the rows stay, so that counts and sums do. */
  | { emptied: Readonly<Record<string, '' | null>> }
  /** A step of its own does it. */
  | 'step'
  /** Texts in which somebody may be mentioned, by name, address or number. */
  | { mentions: readonly string[]; then: 'remove' | 'empty'; empty?: '' | null }
  /** Nothing in it says who somebody is: numbers, days, states, what was said of nobody in particular. */
  | 'kept'

const kept = (...tables: string[]): Record<string, Treatment> =>
  Object.fromEntries(tables.map((name) => [name, 'kept']))
const removed = (...tables: string[]): Record<string, Treatment> =>
  Object.fromEntries(tables.map((name) => [name, 'removed']))
const step = (...tables: string[]): Record<string, Treatment> =>
  Object.fromEntries(tables.map((name) => [name, 'step']))

/**
 * Every table of the schema, with what becomes of a person's rows in it. A test holds it against the schema: whoever adds a table
 * decides here what of a person it keeps.
 */
export const TABLES: Readonly<Record<string, Treatment>> = {
  ...step('customers', 'consents', 'customer_tags', 'deliveries', 'enrolments', 'erasures', 'erased_addresses'),
  ...step('imports', 'import_parts', 'import_problems', 'opt_ins', 'audit_entries', 'inbox_mails', 'campaigns'),
  ...step('delivery_events'),
  ...removed('customers_history', 'consents_history', 'consent_events', 'customer_tags_history', 'survey_answers'),
  ...removed('status_changes', 'status_act_customers', 'tagging_removals', 'push_subscriptions', 'customer_events'),
  ...removed('favourites', 'favourites_history', 'segment_overrides', 'segment_overrides_history', 'dry_run_ways'),
  ...removed('automation_arrivals', 'status_decisions', 'customer_notes'),
  suppressions: { emptied: { address: null, source: '' } },
  suppressions_history: { emptied: { address: null } },
  // that two became one stays, and by whom; who the other was does not
  customer_merges: { emptied: { profile: null, refused: null } },
  // who decided about an audience stays; why somebody was left out is a code
  ...kept('audience_contacts'),
  enrolment_steps: { mentions: ['detail'], then: 'empty', empty: null },
  idempotency_keys: { mentions: ['body'], then: 'remove' },
  dry_runs: { mentions: ['result'], then: 'remove' },
  campaign_drafts: { mentions: ['title', 'label', 'choice', 'content'], then: 'remove' },
  // a search that somebody kept may be for a name
  customer_views: { mentions: ['name', 'definition'], then: 'remove' },
  campaign_acts: { mentions: ['detail'], then: 'empty', empty: null },
  webhook_events: { mentions: ['data'], then: 'remove' },
  webhook_attempts: { mentions: ['answer'], then: 'empty', empty: null },
  // facts without a word about the person: counts and money stay as they are
  ...kept('bookings', 'bookings_history', 'memberships', 'memberships_history', 'payments', 'payments_history'),
  ...kept('reviews', 'reviews_history', 'interactions', 'interactions_history', 'redemptions', 'rewards'),
  ...kept('ledger_entries', 'ledger_lines', 'attributions', 'relationships', 'segment_members', 'segment_transitions'),
  ...kept('dirty_relationships', 'refresh_scope', 'rank_values', 'rank_thresholds', 'rank_tops', 'rankings'),
  ...kept(
    'segment_changes',
    'segment_touched',
    'segment_recomputations',
    'backtests',
    'backtest_changes',
    'backtest_days',
  ),
  // the business's own: rules, texts, people who work here
  ...kept('api_keys', 'audiences', 'automations', 'automation_drafts', 'automation_listeners', 'automation_versions'),
  ...kept(
    'campaign_answers',
    'campaign_links',
    'campaign_variants',
    'cohorts',
    'facts_in_use',
    'images',
    'image_bytes',
  ),
  ...kept('loyalty_slots', 'loyalty_terms', 'providers', 'providers_history', 'recovery_codes', 'secrets', 'segments'),
  ...kept('segment_drafts', 'segment_upkeep', 'segment_versions', 'send_rates', 'sessions', 'settings', 'status_acts'),
  ...kept(
    'status_automation_versions',
    'taggings',
    'taken_notices',
    'templates',
    'template_drafts',
    'template_versions',
  ),
  ...kept('upkeep_attendance', 'users', 'user_tokens', 'workflow_outbox', 'webhook_endpoints', 'webhook_subscriptions'),
  ...kept('webhook_calls', 'tags'),
  ...kept(
    'retention',
    'retention_runs',
    'retention_removals',
    'retention_places',
    'retention_kept_back',
    'kept_clicks',
  ),
}
