import { useEffect, useState } from 'react'
import { forgetWidths } from './textWidth.ts'

/** Grows by one when fonts have come after the first drawing: what was measured before is to be measured again. */
export function useFonts(): number {
  const [loads, setLoads] = useState(0)
  useEffect(() => {
    if (document.fonts.status === 'loaded') return
    let waiting = true
    void document.fonts.ready.then(() => {
      if (!waiting) return
      forgetWidths()
      setLoads((count) => count + 1)
    })
    return () => {
      waiting = false
    }
  }, [])
  return loads
}
