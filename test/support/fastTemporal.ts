import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import { campaignActivities } from '../../activities/campaigns.ts'
import { workflowBundle } from '../../activities/workflowBundle.ts'
import type { NextStep } from '../../domain/campaigns/nextStep.ts'
import type { Database } from '../../domain/database.ts'
import type { Channel } from '../../domain/deliveries/channels/channel.ts'
import { CAMPAIGN, TASK_QUEUE } from '../../domain/temporal.ts'
import { keepHistory } from './histories.ts'
import { createNamespace, temporalAddress } from './temporal.ts'

/** A clock of the business that goes faster than Temporal's: what waits for days takes seconds, by real timers. */
export class FastClock {
  readonly #start: number
  readonly #began = Date.now()
  readonly #speed: number

  constructor(start: Date, speed: number) {
    this.#start = start.getTime()
    this.#speed = speed
  }

  now(): Date {
    return new Date(this.#start + (Date.now() - this.#began) * this.#speed)
  }

  /** The instant of Temporal's clock at which this one shows an instant. */
  real(instant: Date): Date {
    return new Date(Math.ceil(this.#began + (instant.getTime() - this.#start) / this.#speed))
  }
}

/** Runs campaigns over a real Temporal and a real worker, whose activities go by a fast clock. */
export class FastTemporal {
  readonly #client: Client
  readonly #bundle: { code: string }
  readonly #stop: () => Promise<void>

  private constructor(client: Client, bundle: { code: string }, stop: () => Promise<void>) {
    this.#client = client
    this.#bundle = bundle
    this.#stop = stop
  }

  static async start(db: Database, channel: Channel, clock: FastClock): Promise<FastTemporal> {
    const address = temporalAddress()
    const namespace = await createNamespace()
    const activities = campaignActivities({
      db,
      channels: { email: channel, sms: null, push: null },
      publicUrl: 'http://studio.test',
      clock: () => clock.now(),
    })
    const nextCampaignStep = async (campaign: number): Promise<NextStep> => {
      const next = await activities.nextCampaignStep(campaign)
      if (next.step !== 'wait' || next.until === null) return next
      return { ...next, until: clock.real(new Date(next.until)).toISOString() }
    }
    const bundle = (await workflowBundle(join(import.meta.dirname, '../../.local/cache'))) as { code: string }
    const connection = await NativeConnection.connect({ address })
    const worker = await Worker.create({
      ...{ connection, namespace, taskQueue: TASK_QUEUE, workflowBundle: bundle },
      activities: { ...activities, nextCampaignStep },
    })
    const running = worker.run()
    const asking = await Connection.connect({ address })
    return new FastTemporal(new Client({ connection: asking, namespace }), bundle, async () => {
      worker.shutdown()
      await running
      await connection.close()
      await asking.close()
    })
  }

  begin = (campaign: number) =>
    this.#client.workflow.start(CAMPAIGN.type, {
      ...{ workflowId: CAMPAIGN.id(campaign), taskQueue: TASK_QUEUE, args: [campaign] },
    })

  signal = (campaign: number, name: 'cancel' | 'pause' | 'resume') =>
    this.#client.workflow.getHandle(CAMPAIGN.id(campaign)).signal(name)

  /**
   * Waits for the end of a campaign's workflow and goes through its history once more, as a worker that is new does.
   * With PERENNIAL_RECORD=1 the history is kept for the tests of later code, under a name.
   *
   * @returns the activities that it ran, in order
   */
  async finish(campaign: number, name: string): Promise<string[]> {
    const handle = this.#client.workflow.getHandle(CAMPAIGN.id(campaign))
    await handle.result()
    const history = await handle.fetchHistory()
    await Worker.runReplayHistory({ workflowBundle: this.#bundle }, history)
    keepHistory(name, history)
    return (history.events ?? []).flatMap(
      ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? [],
    )
  }

  stop(): Promise<void> {
    return this.#stop()
  }
}
