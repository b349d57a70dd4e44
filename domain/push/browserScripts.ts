/** The script of the page: shows the button that fits, asks the browser, and tells us what it answered. */
export const PAGE_SCRIPT = `'use strict'
const status = document.getElementById('status')
const agree = document.getElementById('agree')
const end = document.getElementById('end')
const say = (name) => {
  status.textContent = status.dataset[name]
  agree.hidden = name === 'done' || name === 'unable'
  end.hidden = name !== 'done'
}
const keyBytes = () => {
  const text = status.dataset.key.replace(/-/g, '+').replace(/_/g, '/')
  return Uint8Array.from(atob(text.padEnd(Math.ceil(text.length / 4) * 4, '=')), (letter) => letter.charCodeAt(0))
}
const tell = async (method, body) => {
  const answer = await fetch(location.pathname, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(String(answer.status))
}
const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
const worker = able ? navigator.serviceWorker.register('/push/worker.js', { scope: '/push/' }) : null
const ready = async () => {
  const registration = await worker
  if (registration.active) return registration
  const coming = registration.installing || registration.waiting
  await new Promise((done) => coming.addEventListener('statechange', () => coming.state === 'activated' && done()))
  return registration
}
const begin = async () => {
  if (!able) return say('unable')
  const subscription = await (await ready()).pushManager.getSubscription()
  say(subscription === null ? 'ask' : 'done')
}
agree.addEventListener('click', async () => {
  agree.disabled = true
  try {
    if ((await Notification.requestPermission()) !== 'granted') return say('refused')
    const registration = await ready()
    const options = { userVisibleOnly: true, applicationServerKey: keyBytes() }
    const subscription = await registration.pushManager.subscribe(options)
    await tell('POST', subscription.toJSON())
    say('done')
  } catch (error) {
    say(error && error.name === 'NotAllowedError' ? 'refused' : 'failed')
  } finally {
    agree.disabled = false
  }
})
end.addEventListener('click', async () => {
  end.disabled = true
  try {
    const subscription = await (await ready()).pushManager.getSubscription()
    if (subscription !== null) {
      await tell('DELETE', { endpoint: subscription.endpoint })
      await subscription.unsubscribe()
    }
    say('ended')
  } catch {
    say('failed')
  } finally {
    end.disabled = false
  }
})
begin().catch(() => say('failed'))
`

/** The service worker: shows what arrives, once for each message, and opens the page that belongs to it. */
export const WORKER_SCRIPT = `'use strict'
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('push', (event) => {
  const message = event.data.json()
  const { id, title, text, url, unsubscribe } = message
  event.waitUntil(
    self.registration.showNotification(title, {
      body: text,
      tag: id,
      icon: '/leaf.svg',
      data: { url, unsubscribe: unsubscribe ? unsubscribe.url : null },
      actions: unsubscribe ? [{ action: 'unsubscribe', title: unsubscribe.label }] : [],
    }),
  )
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { url, unsubscribe } = event.notification.data
  const target = event.action === 'unsubscribe' ? unsubscribe : url
  if (target) event.waitUntil(self.clients.openWindow(target))
})
`
