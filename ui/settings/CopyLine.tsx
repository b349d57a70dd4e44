import { Button, CopyButton } from '@mantine/core'
import { useText } from '../shared/useText.tsx'
import classes from './Settings.module.css'

/** A text to be put in elsewhere, with the button that copies it. */
export function CopyLine({ value, label }: { value: string; label: string }) {
  const text = useText()
  return (
    <div className={classes.copy}>
      <code className={classes.code}>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="compact-xs"
            onClick={copy}
            aria-label={copied ? text('settings.copied') : text('settings.copyOf', { what: label })}
          >
            {text(copied ? 'settings.copied' : 'settings.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
