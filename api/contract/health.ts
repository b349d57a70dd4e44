import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const part = z.object({ up: z.boolean(), detail: z.string().optional() })

export const getHealth = endpoint({
  method: 'get',
  path: '/health',
  permission: 'signed_in',
  summary: 'Whether database, Temporal and a worker can be reached now, and the schema is migrated',
  answer: z.object({ database: part, schema: part, temporal: part, worker: part }),
})
