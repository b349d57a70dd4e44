import type { z } from 'zod'
import type { pushSubscription } from '../../../api/contract/messages.ts'

/** Why this browser shows no notifications. */
export class NoBrowser extends Error {
  readonly why: 'unable' | 'refused'
  constructor(why: 'unable' | 'refused') {
    super(why)
    this.why = why
  }
}

/**
 * Where this browser gets notifications, for a test to oneself: its user is asked for permission when they were not yet.
 * The same service worker shows it as shows it to customers.
 *
 * @param key the public key by which the push service knows us
 * @throws NoBrowser when it cannot, or may not
 */
export async function ownBrowser(key: string | null): Promise<z.input<typeof pushSubscription>> {
  const isAble = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
  if (!isAble || key === null) throw new NoBrowser('unable')
  if ((await Notification.requestPermission()) !== 'granted') throw new NoBrowser('refused')
  const registration = await navigator.serviceWorker.register('/push/worker.js', { scope: '/push/' })
  await activated(registration)
  try {
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
    const { endpoint = '', keys = {} } = subscription.toJSON()
    return { endpoint, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' } }
  } catch (error) {
    throw new NoBrowser(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'unable')
  }
}

async function activated(registration: ServiceWorkerRegistration): Promise<void> {
  const coming = registration.installing ?? registration.waiting
  if (registration.active !== null || coming === null) return
  await new Promise<void>((done) => {
    coming.addEventListener('statechange', () => coming.state === 'activated' && done())
  })
}
