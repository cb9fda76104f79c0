# One image for every service: which one it runs is the command. No build step; Node runs the TypeScript as it is.
# NODE_IMAGE names a base image of one's own. docs/containers.md says what is in the image, how to build it behind a
# company's certificate authority, and how to attest it.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS workspaces
ARG NPM_CONFIG_REGISTRY
WORKDIR /vox
COPY package.json package-lock.json .npmrc ./
COPY shared/contracts/package.json shared/contracts/
COPY shared/platform/package.json shared/platform/
COPY shared/redaction/package.json shared/redaction/
COPY shared/testing/package.json shared/testing/
COPY shared/tools/package.json shared/tools/
COPY cli/package.json cli/
COPY services/auth/package.json services/auth/
COPY services/compliance/package.json services/compliance/
COPY services/edge-guard/package.json services/edge-guard/
COPY services/quota/package.json services/quota/
COPY services/session-broker/package.json services/session-broker/
COPY local/package.json local/
COPY ops/package.json ops/
COPY bench/package.json bench/
COPY widget/package.json widget/
COPY console/package.json console/
COPY ops/src/containers/install.sh ops/src/containers/prune.ts ops/src/containers/needed-packages.ts \
  ops/src/containers/sbom.ts ops/src/containers/bill-of-materials.ts ops/src/containers/

FROM workspaces AS dependencies
RUN --mount=type=secret,id=ca sh ops/src/containers/install.sh services/* cli ops

# What the profile dev runs besides: the simulator, the mail catcher and the demo.
FROM workspaces AS dev-dependencies
RUN --mount=type=secret,id=ca sh ops/src/containers/install.sh services/* cli ops local

FROM ${NODE_IMAGE} AS base
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title=VOX \
      org.opencontainers.image.description="Security and compliance control plane for voice agents in a browser" \
      org.opencontainers.image.vendor="Strategic Machines" \
      org.opencontainers.image.licenses=UNLICENSED \
      org.opencontainers.image.revision=${REVISION} \
      org.opencontainers.image.created=${CREATED} \
      org.opencontainers.image.version=0.9.0
# Nothing is installed in a container: what installs is not there.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg
# Made here, so that a volume mounted on one of them belongs to the one who writes.
RUN mkdir -p /secrets /servers/nats /servers/redis /servers/mongo /servers/grafana /servers/alertmanager \
    /servers/admin && chown -R node:node /secrets /servers
WORKDIR /vox
ENV NODE_ENV=production
USER node
CMD ["node", "services/edge-guard/src/main.ts"]

FROM base AS dev
COPY --from=dev-dependencies /vox /vox
COPY shared shared
COPY services services
COPY widget widget
COPY console console
COPY cli cli
COPY ops ops
COPY local local

# The last stage is what a build without a target makes.
FROM base AS product
COPY --from=dependencies /vox /vox
COPY shared/contracts shared/contracts
COPY shared/platform shared/platform
COPY shared/redaction shared/redaction
COPY shared/tools shared/tools
COPY services services
COPY widget widget
COPY console console
COPY cli cli
COPY ops ops
