/** What a complaint quotes of the mail that it is about: any of it may be missing. */
export type Quoted = { returnPaths: readonly string[]; unsubscribe: readonly string[]; messageId: string | null }
