{{/* What is called after the release and one of its parts. Takes root and name. */}}
{{- define "vox.name" -}}
{{ printf "%s-%s" (trunc 40 .root.Release.Name) .name }}
{{- end }}

{{/* The labels by which pods of one part are found. They never change. Takes root and name. */}}
{{- define "vox.selector" -}}
app.kubernetes.io/name: vox
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{/* The labels of everything. Takes root and name. */}}
{{- define "vox.labels" -}}
{{ include "vox.selector" . }}
app.kubernetes.io/part-of: vox
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "vox.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{/* What a pod may do: nothing beyond running as its own user. 1000 is `node` in the image. */}}
{{- define "vox.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "vox.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* The secrets that each service cannot start without, as JSON. Takes root. */}}
{{- define "vox.requiredSecrets" -}}
{{- $ofAuth := .root.Values.services.auth.env.MASTER_KEY_PROVIDER | default "given" }}
{{- $ofCompliance := .root.Values.services.compliance.env.MASTER_KEY_PROVIDER | default "given" }}
{{- $given := list "VOX_MASTER_KEY" }}
{{- dict
  "edge-guard" (list "NATS_NKEY_SEED" "REDIS_URL" "SECRET_KEY")
  "auth" (concat (list "NATS_NKEY_SEED" "MONGODB_URI" "CODE_PEPPER" "SEAL_KEY" "SMTP_URL") (ternary $given (list) (eq $ofAuth "given")))
  "quota" (list "NATS_NKEY_SEED" "MONGODB_URI")
  "session-broker" (list "NATS_NKEY_SEED" "MONGODB_URI" "OPENAI_API_KEY" "SEAL_KEY")
  "compliance" (concat (list "NATS_NKEY_SEED" "MONGODB_URI") (ternary $given (list) (eq $ofCompliance "given")))
  "bus" (list "NATS_NKEY_SEED")
  | toJson }}
{{- end }}

{{/* The names of the variables in the Secret of a part, as JSON. Takes root, name and more. */}}
{{- define "vox.secretVariables" -}}
{{- concat (index (include "vox.requiredSecrets" . | fromJson) .name) (.more | default (list)) | uniq | sortAlpha | toJson }}
{{- end }}

{{/* Variables that come from files: secrets, and authorities of servers. Takes root, name, more and servers. */}}
{{- define "vox.fileVariables" -}}
{{- range include "vox.secretVariables" . | fromJsonArray }}
- { name: {{ . }}_FILE, value: /secrets/{{ . }} }
{{- end }}
{{- $authorities := .root.Values.authorities }}
{{- if $authorities.existingConfigMap }}
{{- range $server := .servers }}
{{- with index $authorities $server }}
- { name: {{ upper $server }}_CA_FILE, value: /authorities/{{ . }} }
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Where those files come from. A key that a Secret lacks keeps the pod from starting, and its events name the key. */}}
{{- define "vox.fileVolumes" -}}
- name: secrets
  secret:
    secretName: {{ .secret }}
    # 0440: for the user of the pod, by its group.
    defaultMode: 288
    items:
      {{- range include "vox.secretVariables" . | fromJsonArray }}
      - { key: {{ . }}, path: {{ . }} }
      {{- end }}
{{- with .root.Values.authorities.existingConfigMap }}
- name: authorities
  configMap: { name: {{ . }} }
{{- end }}
{{- end }}

{{- define "vox.fileMounts" -}}
- { name: secrets, mountPath: /secrets, readOnly: true }
{{- if .root.Values.authorities.existingConfigMap }}
- { name: authorities, mountPath: /authorities, readOnly: true }
{{- end }}
{{- end }}

{{/* Where a pod may run. */}}
{{- define "vox.placement" -}}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The settings of a service that are no secrets, as JSON: what the chart knows, and over it what `env` says. */}}
{{- define "vox.settings" -}}
{{- $values := .root.Values }}
{{- $service := index $values.services .name }}
{{- $origins := join "," $values.publicOrigins }}
{{- $settings := dict
  "NODE_ENV" "production"
  "NATS_URL" $values.nats.url
  "PRIVATE_HOST" "0.0.0.0"
  "PRIVATE_PORT" "9090"
  "STOP_TIMEOUT_SECONDS" ($values.stopTimeoutSeconds | toString) }}
{{- with $values.telemetry.collector }}
{{- $_ := set $settings "OTEL_EXPORTER_OTLP_ENDPOINT" . }}
{{- end }}
{{- if eq .name "edge-guard" }}
{{- $copies := ternary $service.autoscaling.replicasMax $service.replicas $service.autoscaling.enabled }}
{{- $settings = merge $settings (dict
  "HOST" "0.0.0.0"
  "PORT" "8080"
  "PUBLIC_ORIGINS" $origins
  "TRUSTED_PROXIES" (join "," $values.trustedProxies)
  "EXPECTED_COPIES" ($copies | toString)
  "DRAIN_MS" "5000") }}
{{- end }}
{{- if eq .name "auth" }}
{{- $settings = merge $settings (dict
  "PUBLIC_ORIGINS" $origins
  "CONSOLE_URL" ($values.consoleUrl | default (first $values.publicOrigins))
  "MAIL_FROM" $values.mailFrom) }}
{{- end }}
{{- merge (deepCopy $service.env) $settings | toJson }}
{{- end }}
