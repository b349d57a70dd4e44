import type { z } from 'zod'
import type { Endpoint } from '../../api/contract/endpoint.ts'
import { addressOf } from './address.ts'
import { newKey } from './call.ts'
import { ProblemError, problemFrom } from './problem.ts'

/**
 * Calls what answers with a file and hands the file to the browser under the name that the server gives it: for questions
 * that are too long for an address.
 *
 * @throws ProblemError when the API refuses, breaks or cannot be reached
 */
export async function saveFile<B extends z.ZodType>(
  endpoint: Endpoint<z.ZodType, z.ZodType, B, z.ZodType>,
  { body }: { body: z.input<B> },
): Promise<void> {
  const response = await fetch(addressOf(endpoint.path), {
    method: endpoint.method.toUpperCase(),
    headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ProblemError('unreachable', 0)
  })
  if (!response.ok) throw problemFrom(response.status, await response.json().catch(() => undefined))
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file'
  link.click()
  URL.revokeObjectURL(address)
}
