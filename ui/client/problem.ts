/** A mistake in what was sent: where (a JSON Pointer) and what is allowed there. */
export type Mistake = { path: string; message: string }

/** What can go wrong with a call, as far as the pages tell it apart. The first ones are the API's own codes. */
export type ProblemCode =
  | 'invalid'
  | 'unauthenticated'
  | 'wrong_credentials'
  | 'second_factor'
  | 'wrong_code'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'idempotency_mismatch'
  | 'too_many_requests'
  | 'unavailable'
  | 'unreachable'
  | 'internal'

const CODES: readonly string[] = [
  'invalid',
  'unauthenticated',
  'wrong_credentials',
  'second_factor',
  'wrong_code',
  'forbidden',
  'not_found',
  'conflict',
  'too_large',
  'idempotency_mismatch',
  'too_many_requests',
  'unavailable',
]

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  422: 'invalid',
  429: 'too_many_requests',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
}

const isCode = (text: string): text is ProblemCode => CODES.includes(text)

/** A call that did not work out. `detail` is the server's own sentence, in English; the pages show one by `code`. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly detail: string
  readonly mistakes: readonly Mistake[]
  /** The whole problem document, for members that only one kind of problem has. */
  readonly document: Readonly<Record<string, unknown>>

  constructor(code: ProblemCode, status: number, document: Readonly<Record<string, unknown>> = {}) {
    const detail = typeof document.detail === 'string' ? document.detail : ''
    super(detail || code)
    this.name = 'ProblemError'
    this.code = code
    this.status = status
    this.detail = detail
    this.mistakes = mistakesOf(document.errors)
    this.document = document
  }
}

function mistakesOf(errors: unknown): Mistake[] {
  if (!Array.isArray(errors)) return []
  return errors.flatMap((error: unknown) => {
    if (typeof error !== 'object' || error === null) return []
    const { path, message } = error as Record<string, unknown>
    return typeof message === 'string' ? [{ path: typeof path === 'string' ? path : '', message }] : []
  })
}

/**
 * Reads an RFC 9457 document. The code is the last part of its `type`; where there is none (a proxy's error page, say),
 * the status decides.
 */
export function problemFrom(status: number, body: unknown): ProblemError {
  const document = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const type = typeof document.type === 'string' ? document.type : ''
  const last = (type.split(/[/#:]/).pop() ?? '').replaceAll('-', '_')
  return new ProblemError(isCode(last) ? last : (BY_STATUS[status] ?? 'internal'), status, document)
}
