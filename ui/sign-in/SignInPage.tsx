import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { signIn, signInOptions } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { ProblemError } from '../client/problem.ts'
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
  const { next, ended, failed } = route.useSearch()
  const [capsLock, setCapsLock] = useState(false)
  const options = useQuery({
    queryKey: ['sign-in-options'],
    queryFn: ({ signal }) => call(signInOptions, { signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  }).data
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', code: '' },
    validate: {
      email: (value) => (value.trim() === '' ? text('signIn.emailNeeded') : null),
      password: (value) => (value === '' ? text('signIn.passwordNeeded') : null),
    },
  })
  const enter = useMutation({
    mutationFn: ({ code, ...values }: { email: string; password: string; code: string }) =>
      call(signIn, { body: { ...values, ...(code === '' ? {} : { code }) } }),
    onSuccess: async (session) => {
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, session)
      await router.navigate({ href: safeTarget(next) })
    },
    onError: (error) => {
      form.setFieldValue('code', '')
      const wanted = asksForCode(error) ? 'code' : 'password'
      setTimeout(() => form.getInputNode(wanted)?.focus())
    },
  })
  const withCode = asksForCode(enter.error)
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
        {isFailure(failed) && !enter.isError && (
          <Text mb="md" c="orange" role="alert">
            {text(`signIn.failed.${failed}`)}
          </Text>
        )}
        {ended !== undefined && !enter.isError && (
          <Text mb="md" c="orange" role="status">
            {text('signIn.ended')}
          </Text>
        )}
        <form
          noValidate
          onSubmit={form.onSubmit(({ email, password, code }) =>
            enter.mutate({ email: email.trim(), password, code: code.trim() }),
          )}
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
            {withCode && (
              <TextInput
                label={text('signIn.code')}
                description={text('signIn.codeHint')}
                autoComplete="one-time-code"
                inputMode="text"
                size="md"
                key={form.key('code')}
                {...form.getInputProps('code')}
              />
            )}
            {enter.isError && !isFirstAsking(enter.error) && (
              <Text c="red" fz="sm" role="alert">
                {problemText(enter.error)}
              </Text>
            )}
            <Button type="submit" size="md" loading={enter.isPending}>
              {text('signIn.submit')}
            </Button>
          </Stack>
        </form>
        {options?.mail === true && (
          <Text mt="md" fz="sm">
            <Anchor renderRoot={(rest: object) => <Link {...rest} to="/forgot" />}>{text('signIn.forgot')}</Anchor>
          </Text>
        )}
        {options?.oidc && (
          <>
            <Divider my="md" />
            <Button
              component="a"
              href={`${options.oidc.url}?next=${encodeURIComponent(safeTarget(next))}`}
              variant="default"
              size="md"
              fullWidth
            >
              {text('signIn.oidc', { name: options.oidc.name })}
            </Button>
          </>
        )}
        <Text c="dimmed" fz="xs" mt="lg">
          {text('signIn.hint')}
        </Text>
        <LanguageSelect />
      </div>
    </main>
  )
}

const isCode = (error: unknown, code: string): boolean => error instanceof ProblemError && error.code === code

/** The password was right; what is missing is the second factor. */
const asksForCode = (error: unknown): boolean => isCode(error, 'second_factor') || isCode(error, 'wrong_code')
const isFirstAsking = (error: unknown): boolean => isCode(error, 'second_factor')

const FAILURES = ['unknown', 'provider', 'expired'] as const
const isFailure = (why: string | undefined): why is (typeof FAILURES)[number] => FAILURES.some((one) => one === why)
