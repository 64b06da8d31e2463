#include "generator/hosts/github/pins.h"

namespace pipewright::github {

const Pin kCheckout{"actions/checkout", "v7.0.1", "3d3c42e5aac5ba805825da76410c181273ba90b1"};
const Pin kUploadSarif{"github/codeql-action/upload-sarif", "v4.36.2", "8aad20d150bbac5944a9f9d289da16a4b0d87c1e"};
const Pin kSetUpQemu{"docker/setup-qemu-action", "v4.2.0", "96fe6ef7f33517b61c61be40b68a1882f3264fb8"};

std::span<const Pin* const> pins() {
    static const Pin* const all[] = {&kCheckout, &kSetUpQemu, &kUploadSarif};
    return all;
}

}  // namespace pipewright::github
