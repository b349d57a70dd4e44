/**
 * Every way in which a call can go wrong that its caller can do something about. The API turns a {@link Problem} into an
 * RFC 9457 document; `code` becomes its `type`, and the UI finds its own sentence by it.
 */
export const PROBLEMS = {
  invalid: { status: 400, title: 'Something in the request is not allowed' },
  unauthenticated: { status: 401, title: 'Sign in or send an API key' },
  wrong_credentials: { status: 401, title: 'Email and password do not match' },
  second_factor: { status: 401, title: 'A code of your second factor is needed' },
  wrong_code: { status: 401, title: 'The code is not right' },
  forbidden: { status: 403, title: 'You may not do this' },
  not_found: { status: 404, title: 'There is no such thing' },
  method_not_allowed: { status: 405, title: 'This address takes other methods' },
  conflict: { status: 409, title: 'This does not go together with how things are now' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'The body has to be JSON' },
  idempotency_mismatch: { status: 422, title: 'This Idempotency-Key was used for another request' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'A part that is needed for this is not reachable' },
} as const

export type ProblemCode = keyof typeof PROBLEMS

/**
 * Where in the request (a JSON Pointer) what is wrong, and what is allowed there; in a long text also where in it, both
 * counted from 1.
 */
export type Mistake = { path: string; message: string; line?: number; column?: number }

/** An error whose sentence is meant for the caller. Everything else that is thrown is our fault and answered with 500. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly mistakes: readonly Mistake[]
  /** Further members of the problem document, e.g. when a refused call may be made again. */
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    code: ProblemCode,
    detail: string,
    mistakes: readonly Mistake[] = [],
    extra: Record<string, unknown> = {},
  ) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.mistakes = mistakes
    this.extra = extra
  }
}
