/** Where somebody stands with the business, from the bottom up. */
export const STATUSES = ['lead', 'customer', 'vip'] as const

export type Status = (typeof STATUSES)[number]
