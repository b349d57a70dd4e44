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
    runAsGroup: 1000
    fsGroup: 1000
    seccompProfile: { type: RuntimeDefault }
  {{- with .root.Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
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
        {{- with .root.Values.tracing }}
        {{- if .endpoint }}
        - { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ .endpoint | quote }} }
        - { name: OTEL_TRACES_SAMPLER, value: parentbased_traceidratio }
        - { name: OTEL_TRACES_SAMPLER_ARG, value: {{ .sample | quote }} }
        - name: POD_NAME
          valueFrom: { fieldRef: { fieldPath: metadata.name } }
        - { name: OTEL_RESOURCE_ATTRIBUTES, value: "service.namespace={{ $.root.Release.Name }},k8s.namespace.name={{ $.root.Release.Namespace }},k8s.pod.name=$(POD_NAME)" }
        {{- end }}
        {{- end }}
        {{- if ne .role "api" }}
        - { name: METRICS_ADDRESS, value: "0.0.0.0:9464" }
        {{- with .values.build }}
        - { name: WORKER_BUILD, value: {{ . | quote }} }
        {{- end }}
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
      # whoever starts first migrates; a migration that is cut off is begun anew
      startupProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 5
        failureThreshold: {{ div (int .values.startupSeconds) 5 }}
      livenessProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      # not /readyz: it also speaks for Temporal and the workers, and pages are of use without them
      readinessProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 5
        timeoutSeconds: 3
      # the service forgets a pod that goes within seconds, not at once
      lifecycle:
        preStop: { exec: { command: [sleep, "5"] } }
      {{- else }}
      ports:
        - { name: metrics, containerPort: 9464 }
        {{- if eq .role "bounces" }}
        - { name: smtp, containerPort: 2525 }
        {{- end }}
      # it comes up once the schema is there, which an API or another worker may be making
      startupProbe:
        httpGet: { path: /healthz, port: metrics }
        periodSeconds: 5
        failureThreshold: {{ div (int .root.Values.api.startupSeconds) 5 }}
      livenessProbe:
        httpGet: { path: /healthz, port: metrics }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      # a worker that polls: an upgrade goes on to the next one when it does
      readinessProbe:
        {{- if eq .role "bounces" }}
        tcpSocket: { port: smtp }
        {{- else }}
        httpGet: { path: /readyz, port: metrics }
        {{- end }}
        periodSeconds: 5
        timeoutSeconds: 3
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
      emptyDir: { sizeLimit: 256Mi }
    - name: tmp
      emptyDir: { sizeLimit: 512Mi }
    {{- if and (eq .role "bounces") .values.tlsSecret }}
    - name: tls
      secret: { secretName: {{ .values.tlsSecret }} }
    {{- end }}
  {{- with .root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .root.Values.affinity }}
  affinity:
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
  {{- if not (dig "autoscaling" "enabled" false .values) }}
  replicas: {{ .replicas }}
  {{- end }}
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

{{- /* As many of a role as it needs: as perennial.pod */}}
{{- define "perennial.autoscaling" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .root.Release.Name }}-{{ .role }}
  labels:
    {{- include "perennial.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ .root.Release.Name }}-{{ .role }} }
  minReplicas: {{ .values.autoscaling.minReplicas }}
  maxReplicas: {{ .values.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: {{ .values.autoscaling.cpu }} } }
  behavior:
    # a mailing goes in waves: who was fetched for one stays for the next
    scaleDown: { stabilizationWindowSeconds: 600 }
{{- end }}
