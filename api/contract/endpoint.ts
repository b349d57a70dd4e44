import { z } from 'zod'
import type { Permission } from '../../rules/access/permissions.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/**
 * One call of the HTTP interface, declared once: the server checks requests with it, the OpenAPI document is made from
 * it, and the UI's client takes its types from it.
 */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  readonly method: Method
  /** Under `/api/v1`, parameters as `{id}`. */
  readonly path: string
  readonly summary: string
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly answer: Answer
  /** The status of a good answer; 200 when not said. A handler may choose another of `statuses`. */
  readonly status: number
  /** Further statuses of a good answer, with the same shape. */
  readonly statuses: readonly number[]
  /** Statuses of refusals that do not follow from the rest of the declaration; see `refusals.ts`. */
  readonly refuses: readonly number[]
  /**
   * What the caller has to be allowed, of the table in `rules/access/permissions.ts`; `signed_in` for what everybody may do
   * who is signed in or has a key, `open` for the few calls that need neither.
   */
  readonly permission: Permission | 'signed_in' | 'open'
  /** The largest body in bytes, after decompression; 1 MB when not said. */
  readonly maxBytes: number
  /**
   * True when doing it twice is not the same as doing it once, as with a campaign: a call that was interrupted is then
   * not done again by itself, even with its Idempotency-Key.
   */
  readonly once: boolean
  /** False for the few unsafe calls that change nothing anybody asks about later: facts that stream in, drafts kept while typing. */
  readonly audit: boolean
  /** True when request or answer has something that must not be kept: then an Idempotency-Key keeps no answer. */
  readonly secret: boolean
  /** The media type of a good answer: JSON, or a file that comes piece by piece. */
  readonly produces: string
}

const nothing = z.undefined()
type Nothing = typeof nothing

/** Declares an {@link Endpoint}; parts left out take nothing. */
export function endpoint<
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
  Answer extends z.ZodType = Nothing,
>(declaration: {
  method: Method
  path: string
  permission: Permission | 'signed_in' | 'open'
  summary: string
  params?: Params
  query?: Query
  body?: Body
  answer?: Answer
  status?: number
  statuses?: readonly number[]
  refuses?: readonly number[]
  maxBytes?: number
  once?: boolean
  secret?: boolean
  audit?: boolean
  produces?: string
}): Endpoint<Params, Query, Body, Answer> {
  return {
    params: nothing as unknown as Params,
    query: nothing as unknown as Query,
    body: nothing as unknown as Body,
    answer: nothing as unknown as Answer,
    status: declaration.answer === undefined ? 204 : 200,
    statuses: [],
    refuses: [],
    maxBytes: 1_048_576,
    once: false,
    secret: false,
    audit: true,
    produces: 'application/json',
    ...declaration,
  }
}
