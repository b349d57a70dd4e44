import { resolve } from 'node:path'

/** The top of the checkout. */
export const ROOT = resolve(import.meta.dirname, '../..')
