import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { signIn } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { queryClient } from '../client/queryClient.ts'
import { sessionQuery } from '../client/session.ts'
import { Leaf } from '../shared/Leaf.tsx'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { LanguageSelect } from './LanguageSelect.tsx'
import classes from './SignInPage.module.css'
import { safeTarget } from './safeTarget.ts'

const route = getRouteApi('/sign-in')

/** Where everything begins, and where one lands when the session has ended; leads on to the page that was wanted. */
export function SignInPage() {
  const text = useText()
  const problemText = useProblemText()
  const router = useRouter()
  const { next, ended } = route.useSearch()
  const [capsLock, setCapsLock] = useState(false)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? text('signIn.emailNeeded') : null),
      password: (value) => (value === '' ? text('signIn.passwordNeeded') : null),
    },
  })
  const enter = useMutation({
    mutationFn: (values: { email: string; password: string }) => call(signIn, { body: values }),
    onSuccess: async (session) => {
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      await router.navigate({ href: safeTarget(next) })
    },
    onError: () => form.getInputNode('password')?.focus(),
  })
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  useEffect(() => {
    document.title = `${text('signIn.title')} · ${text('app.name')}`
  })

  return (
    <main className={classes.page}>
      <div className={classes.sheet}>
        <Leaf size={38} />
        <Title order={1} fz={22} mt="sm">
          {text('app.name')}
        </Title>
        <Text c="dimmed" mt={4} mb="lg">
          {text('signIn.lead')}
        </Text>
        {ended !== undefined && !enter.isError && (
          <Text mb="md" c="orange" role="status">
            {text('signIn.ended')}
          </Text>
        )}
        <form
          noValidate
          onSubmit={form.onSubmit(({ email, password }) => enter.mutate({ email: email.trim(), password }))}
        >
          <Stack gap="md">
            <TextInput
              label={text('signIn.email')}
              type="email"
              autoComplete="username"
              autoFocus
              size="md"
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label={text('signIn.password')}
              autoComplete="current-password"
              size="md"
              description={capsLock ? text('signIn.capsLock') : undefined}
              onKeyUp={watchCapsLock}
              onKeyDown={watchCapsLock}
              visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            {enter.isError && (
              <Text c="red" fz="sm" role="alert">
                {problemText(enter.error)}
              </Text>
            )}
            <Button type="submit" size="md" loading={enter.isPending}>
              {text('signIn.submit')}
            </Button>
          </Stack>
        </form>
        <Text c="dimmed" fz="xs" mt="lg">
          {text('signIn.hint')}
        </Text>
        <LanguageSelect />
      </div>
    </main>
  )
}
