const listeners = new Set<() => void>()

/** Calls `listener` whenever an answer says that nobody is signed in. Returns the function that stops it. */
export function onSessionEnd(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function tellSessionEnded(): void {
  for (const listener of listeners) listener()
}
