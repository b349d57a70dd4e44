import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import { useText } from '../../shared/useText.tsx'
import classes from './PreviewView.module.css'
import { type Look, sealMail } from './sealMail.ts'

type Props = { html: string; width: number; look: Look; stale: boolean }

/** A mail as it will be seen, in a frame that has nothing to do with the page: no scripts, no origin, no windows. */
export function MailFrame({ html, width, look, stale }: Props) {
  const text = useText()
  const { ref, width: room, height } = useElementSize()
  const scale = room > 0 ? Math.min(1, room / width) : 1
  const sealed = useMemo(() => sealMail(html, look, window.location.origin), [html, look])
  return (
    <div ref={ref} className={classes.room} data-stale={stale || undefined} data-dark={look.dark || undefined}>
      <iframe
        title={text('composer.preview.frame')}
        sandbox=""
        srcDoc={sealed}
        className={classes.frame}
        style={{ width, height: height / scale, transform: `scale(${scale})`, left: Math.max(0, (room - width) / 2) }}
      />
    </div>
  )
}
