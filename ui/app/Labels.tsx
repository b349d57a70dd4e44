import { MantineThemeProvider } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useText } from '../shared/useText.tsx'

/** Names, in the reader's language, for the buttons that Mantine draws with a sign only. */
export function Labels({ children }: { children: ReactNode }) {
  const close = useText()('action.close')
  const theme = useMemo(() => {
    const named = { defaultProps: { closeButtonProps: { 'aria-label': close } } }
    return { components: { Modal: named, Drawer: named, Notification: named } }
  }, [close])
  return (
    <MantineThemeProvider inherit theme={theme}>
      {children}
    </MantineThemeProvider>
  )
}
