import AsyncHTTPClient
import Crypto
import NIOCore
import XMLCoder
