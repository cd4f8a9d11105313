# coursewright as an image: docker run --rm -v "$PWD:/course" IMAGE build . -o dist
FROM python:3.12-slim AS wheel
WORKDIR /source
COPY . .
RUN python -m pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.12-slim
COPY --from=wheel /wheels /wheels
RUN python -m pip install --no-cache-dir --no-index --find-links /wheels coursewright \
    && rm -r /wheels \
    && useradd --uid 10001 --no-create-home course
USER course
WORKDIR /course
ENTRYPOINT ["coursewright"]
CMD ["--help"]
