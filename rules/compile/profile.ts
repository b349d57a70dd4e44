/**
 * What of a customer stands in the row of the relationship with the whole business, too, where a rule about everybody
 * reads it: one table instead of two.
 */
export const PROFILE = [
  'known',
  'birthdate',
  'gender',
  'language',
  'country',
  'customer_group',
  'aggregator',
  'joined_at',
  'joined_on',
  'status',
] as const
