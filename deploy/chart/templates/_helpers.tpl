{{- define "perennial.labels" -}}
app.kubernetes.io/name: perennial
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- /* What a role's pods are found by: (dict "root" $ "role" "api") */}}
{{- define "perennial.selector" -}}
app.kubernetes.io/name: perennial
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{- /* The pods of a role: (dict "root" $ "role" "api" "values" .Values.api "command" "api") */}}
{{- define "perennial.pod" -}}
metadata:
  labels:
    {{- include "perennial.selector" . | nindent 4 }}
  {{- with .root.Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  automountServiceAccountToken: false
  # longer than the 30 s in which a process finishes what it has in hand
  terminationGracePeriodSeconds: 45
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 1000
    fsGroup: 1000
    seccompProfile: { type: RuntimeDefault }
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "perennial.selector" . | nindent 10 }}
  containers:
    - name: {{ .role }}
      image: "{{ .root.Values.image.repository }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}"
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      args: [{{ .command | quote }}]
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: { drop: [ALL] }
      envFrom:
        - secretRef:
            name: {{ .root.Values.existingSecret }}
      env:
        - { name: PUBLIC_URL, value: {{ .root.Values.publicUrl | quote }} }
        - { name: TEMPORAL_ADDRESS, value: {{ .root.Values.temporal.address | quote }} }
        - { name: TEMPORAL_NAMESPACE, value: {{ .root.Values.temporal.namespace | quote }} }
        {{- range $name, $value := .root.Values.environment }}
        - { name: {{ $name }}, value: {{ $value | quote }} }
        {{- end }}
        {{- if eq .role "api" }}
        - { name: TRUST_PROXY, value: {{ .values.trustProxy | quote }} }
        {{- end }}
        {{- if eq .role "bounces" }}
        - { name: BOUNCE_PORT, value: "2525" }
        {{- if .values.tlsSecret }}
        - { name: BOUNCE_TLS_CERT, value: /tls/tls.crt }
        - { name: BOUNCE_TLS_KEY, value: /tls/tls.key }
        {{- end }}
        {{- end }}
      {{- if eq .role "api" }}
      ports:
        - { name: http, containerPort: 8080 }
      startupProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 10
        failureThreshold: 6
      # not /readyz: it also speaks for Temporal and the workers, and pages are of use without them
      readinessProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 5
      {{- end }}
      {{- if eq .role "bounces" }}
      ports:
        - { name: smtp, containerPort: 2525 }
      readinessProbe:
        tcpSocket: { port: smtp }
      {{- end }}
      {{- with .values.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      volumeMounts:
        - { name: data, mountPath: /data }
        - { name: tmp, mountPath: /tmp }
        {{- if and (eq .role "bounces") .values.tlsSecret }}
        - { name: tls, mountPath: /tls, readOnly: true }
        {{- end }}
  volumes:
    - name: data
      emptyDir: {}
    - name: tmp
      emptyDir: {}
    {{- if and (eq .role "bounces") .values.tlsSecret }}
    - name: tls
      secret: { secretName: {{ .values.tlsSecret }} }
    {{- end }}
  {{- with .root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- /* A deployment of a role: as perennial.pod, with "replicas" */}}
{{- define "perennial.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .root.Release.Name }}-{{ .role }}
  labels:
    {{- include "perennial.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  replicas: {{ .replicas }}
  strategy:
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  selector:
    matchLabels:
      {{- include "perennial.selector" . | nindent 6 }}
  template:
    {{- include "perennial.pod" . | nindent 4 }}
{{- end }}

{{- /* Some of a role stay while nodes are emptied */}}
{{- define "perennial.disruption" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .root.Release.Name }}-{{ .role }}
  labels:
    {{- include "perennial.labels" .root | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "perennial.selector" . | nindent 6 }}
{{- end }}
