# Give the base by digest where builds must repeat: --build-arg PYTHON_IMAGE=python@sha256:...
ARG PYTHON_IMAGE=python:3.12-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends binutils
WORKDIR /src
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY requirements/image.txt requirements/build.txt requirements/
COPY policies policies
COPY leakgate leakgate
# Debug symbols are more than half of the libraries. Those that auditwheel renamed (`*.libs`) bear no stripping.
RUN python -m venv /opt/leakgate && \
    /opt/leakgate/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
      --only-binary :all: --requirement requirements/image.txt --requirement requirements/build.txt && \
    /opt/leakgate/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . && \
    /opt/leakgate/bin/pip uninstall --yes --disable-pip-version-check \
      hatchling pathspec pluggy tomlkit trove-classifiers pip setuptools && \
    find /opt/leakgate -depth -type d \( -name tests -o -name test \) -exec rm -rf {} + && \
    find /opt/leakgate -type f \( -name '*.pyx' -o -name '*.cpp' -o -name '*.pxd' -o -name '*.h' \) -delete && \
    find /opt/leakgate -type f -name '*.so' -not -path '*.libs/*' -exec strip --strip-unneeded {} + && \
    rm -rf /opt/leakgate/lib/python3*/site-packages/phonenumbers/geodata

FROM ${PYTHON_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="leakgate" \
      org.opencontainers.image.description="The CI gate that keeps secrets and personal data from leaving a test run" \
      org.opencontainers.image.url="https://github.com/leakgate/leakgate" \
      org.opencontainers.image.source="https://github.com/leakgate/leakgate" \
      org.opencontainers.image.documentation="https://github.com/leakgate/leakgate/blob/main/docs/docker.md" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="leakgate" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# The distribution's current git: a pinned version disappears from the archive with its next security fix.
# hadolint ignore=DL3008
RUN apt-get update && \
    apt-get install --yes --no-install-recommends git && \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt \
      /var/log/dpkg.log /usr/share/doc /usr/share/man /usr/share/locale
COPY --from=build /opt/leakgate /opt/leakgate
ENV PATH=/opt/leakgate/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    LEAKGATE_CACHE_DIR= \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
# The rules of every policy that is built in were compiled with the installation; whoever runs the image can only
# read them. Without them a scan would compile: the smoke test measures it.
RUN leakgate policy check default strict advisory
USER 65532:65532
WORKDIR /work
# No entry point: CI servers start a shell in the image and run their script in it.
CMD ["leakgate", "--help"]
