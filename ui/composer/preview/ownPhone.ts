const KEY = 'perennial.ownPhone'

/** The number to which somebody sent a test before from this browser. */
export function keptPhone(): string {
  try {
    return window.localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

export function keepPhone(phone: string): void {
  try {
    window.localStorage.setItem(KEY, phone)
  } catch {
    // a browser that keeps nothing: the number is typed again
  }
}
