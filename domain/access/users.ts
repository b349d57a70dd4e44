/** Somebody who may sign in. */
export type User = { id: number; email: string; name: string; role: 'admin' | 'manager' | 'provider' }
