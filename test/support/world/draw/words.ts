/** The words of random worlds and random rules: few, so that the two meet, and in differing cases where case is none. */
export const SERVICES = ['yoga', 'Pilates', 'reading'] as const
export const TYPES = ['flex', 'Gold'] as const
export const GROUPS = ['students', 'Seniors'] as const
export const AGGREGATORS = ['Pass', 'fitpass'] as const
export const TAGS = ['vegan', 'Early Bird', 'regular'] as const
export const STATES = ['booked', 'attended', 'no_show', 'cancelled'] as const
export const CHANNELS = ['email', 'sms', 'push'] as const
export const REWARD_KINDS = ['voucher', 'free_minutes'] as const
/** Campaigns that every world has; messages of theirs reach customers at random. */
export const CAMPAIGNS = ['1', '2', '3'] as const
export const TEMPLATES = ['t1', 't2'] as const
export const SURVEYS = ['why-leave', 'how-was-it'] as const
export const ANSWERS = ['too-expensive', 'no-time', 'good'] as const
export const AUTOMATIONS = ['a1'] as const
