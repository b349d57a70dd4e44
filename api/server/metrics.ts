import { Counter, Gauge, Histogram } from 'prom-client'
import { countDeliveries } from '../../domain/metrics/countDeliveries.ts'
import { countDirty } from '../../domain/metrics/countDirty.ts'
import { processMetrics } from '../../domain/metrics/processMetrics.ts'
import { type Delays, readDelays } from '../../domain/metrics/readDelays.ts'
import { readRetention } from '../../domain/metrics/readRetention.ts'
import type { Services } from './services.ts'

export type HttpMetrics = {
  /** One answered request; `route` is the template, never the address. */
  observe(method: string, route: string, status: number, seconds: number): void
  /** Everything in the text format of Prometheus. */
  text(): Promise<string>
  contentType: string
}

/** The figures of a process and of the business's queues, in a registry of their own. */
export function makeMetrics({ db, log, now }: Pick<Services, 'db' | 'log' | 'now'>): HttpMetrics {
  const registry = processMetrics(db)
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  const failures = new Counter({
    name: 'metrics_failures_total',
    help: 'Figures that could not be read from the database',
    registers: [registry],
  })
  const read = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      failures.inc()
      log.warn({ err: error }, 'a figure could not be read')
    }
  }
  new Gauge({
    name: 'perennial_dirty_relationships',
    help: 'Changes that no refresh of the segments has taken up yet',
    registers: [registry],
    collect() {
      return read(async () => this.set(await countDirty(db)))
    },
  })
  new Gauge({
    name: 'perennial_deliveries',
    help: 'Messages by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      return read(async () => {
        const counts = await countDeliveries(db)
        this.reset()
        for (const { state, count } of counts) this.set({ state }, count)
      })
    },
  })
  new Gauge({
    name: 'perennial_delay_seconds',
    help: 'How long what waits longest has been waiting: changes (refresh) and moments (flips) for a refresh of the segments, workflows for Temporal (outbox), due messages (sending), customers due at a step (automations), calls for endpoints that take them (webhooks)',
    labelNames: ['queue'],
    registers: [registry],
    collect() {
      return read(async () => {
        const delays = await readDelays(db, now())
        for (const queue of Object.keys(delays) as (keyof Delays)[]) this.set({ queue }, delays[queue])
      })
    },
  })
  new Gauge({
    name: 'perennial_retention_finished_timestamp_seconds',
    help: 'When what is past its period was last removed, in seconds since 1970; 0 before the first night',
    registers: [registry],
    collect() {
      return read(async () => this.set(((await readRetention(db)).finishedAt?.getTime() ?? 0) / 1_000))
    },
  })
  new Gauge({
    name: 'perennial_retention_removed',
    help: 'What was removed in the nights of the last two years because it was past its period, by kind',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      return read(async () => {
        const { removed } = await readRetention(db)
        this.reset()
        for (const { kind, count } of removed) this.set({ kind }, count)
      })
    },
  })
  return {
    observe: (method, route, status, seconds) => durations.observe({ method, route, status }, seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
