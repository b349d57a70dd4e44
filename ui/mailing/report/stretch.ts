/** What happened in one hour or day. */
export type Stretch = { name: string; sent: number; opened: number; clicked: number }
