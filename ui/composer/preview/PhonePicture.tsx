import { useSession } from '../../client/session.ts'
import { useText } from '../../shared/useText.tsx'
import classes from './PhonePicture.module.css'

type Props = {
  channel: 'sms' | 'push'
  /** Of a notification. */
  title: string
  text: string
  /** The page that a notification opens. */
  url: string | null
  stale: boolean
}

/** A telephone with the message on it, as one customer sees it. */
export function PhonePicture({ channel, title, text: words, url, stale }: Props) {
  const text = useText()
  const { business } = useSession()
  return (
    <figure className={classes.figure} data-stale={stale || undefined} aria-label={text('short.preview')}>
      <div className={classes.phone} data-testid="phone">
        <span className={classes.speaker} aria-hidden="true" />
        {channel === 'sms' ? (
          <div className={classes.chat}>
            <span className={classes.from}>{business.name}</span>
            <p className={classes.bubble} dir="auto">
              {words}
            </p>
          </div>
        ) : (
          <div className={classes.lock}>
            <div className={classes.notice}>
              <span className={classes.from}>{business.name}</span>
              <strong dir="auto">{title}</strong>
              <p dir="auto">{words}</p>
            </div>
            {url !== null && <span className={classes.opens}>{text('short.opens', { url })}</span>}
          </div>
        )}
      </div>
    </figure>
  )
}
