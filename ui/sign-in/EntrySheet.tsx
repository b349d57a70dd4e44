import { Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { Leaf } from '../shared/Leaf.tsx'
import { useText } from '../shared/useText.tsx'
import { LanguageSelect } from './LanguageSelect.tsx'
import classes from './SignInPage.module.css'

/** The sheet that stands before everything else: signing in, and the ways to it. */
export function EntrySheet({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  const text = useText()
  useEffect(() => {
    document.title = `${title} · ${text('app.name')}`
  })
  return (
    <main className={classes.page}>
      <div className={classes.sheet}>
        <Leaf size={38} />
        <Title order={1} fz={22} mt="sm">
          {title}
        </Title>
        <Text c="dimmed" mt={4} mb="lg" component="div">
          {lead}
        </Text>
        {children}
        <LanguageSelect />
      </div>
    </main>
  )
}
