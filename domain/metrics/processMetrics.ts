import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Database } from '../database.ts'

/** The figures that every process has: itself, and its connections to the database. In a registry of their own. */
export function processMetrics(db: Database): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'perennial_database_connections',
    help: 'Connections of this process to the database, and calls that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { pool } = db.client as { pool: Record<'numUsed' | 'numFree' | 'numPendingAcquires', () => number> }
      this.set({ state: 'used' }, pool.numUsed())
      this.set({ state: 'free' }, pool.numFree())
      this.set({ state: 'waiting' }, pool.numPendingAcquires())
    },
  })
  return registry
}
