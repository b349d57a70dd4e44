/**
 * The kinds of mail that somebody can do without one by one: what is written once to many (news), the loyalty mailing with
 * its vouchers, and what an automation sends by itself.
 */
export const MAIL_KINDS = ['one_off', 'loyalty', 'automation'] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/** What a suppression holds back: one kind of mail, or all. */
export type SuppressionKind = 'all' | MailKind
